/** The port that police systems call: a client certificate says who is there, and nothing else does. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.police.partnerport;
