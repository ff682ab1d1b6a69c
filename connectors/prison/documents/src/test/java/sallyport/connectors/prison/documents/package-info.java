@org.jspecify.annotations.NullMarked
package sallyport.connectors.prison.documents;
