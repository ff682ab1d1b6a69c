@org.jspecify.annotations.NullMarked
package sallyport.mappings.alert;
