@org.jspecify.annotations.NullMarked
package sallyport.routes.eventintake;
