@org.jspecify.annotations.NullMarked
package sallyport.mappings.adjudication;
