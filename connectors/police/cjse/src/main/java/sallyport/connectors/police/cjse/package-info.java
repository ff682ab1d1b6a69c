/** CJSE: referrals submitted to forces' case systems, and our own endpoint that speaks the same contract. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.police.cjse;
