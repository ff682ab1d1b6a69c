@org.jspecify.annotations.NullMarked
package sallyport.routes.adjudicationintake;
