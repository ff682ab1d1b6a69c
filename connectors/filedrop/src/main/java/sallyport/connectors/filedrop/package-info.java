/** Takes in files that others drop in a directory. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.filedrop;
