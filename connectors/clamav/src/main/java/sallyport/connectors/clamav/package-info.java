/** Has bytes scanned by a ClamAV daemon. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.clamav;
