/** Use of force reports of prisons as an extract gives them, and how well each fits an incident report. */
@org.jspecify.annotations.NullMarked
package sallyport.mappings.useofforce;
