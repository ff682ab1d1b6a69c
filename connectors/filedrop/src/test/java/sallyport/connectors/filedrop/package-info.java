@org.jspecify.annotations.NullMarked
package sallyport.connectors.filedrop;
