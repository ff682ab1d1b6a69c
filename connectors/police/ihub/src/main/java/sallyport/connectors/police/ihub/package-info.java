/** The iHub Standard API of the forces that have one: a referral is posted once, and only 201 means the force has it. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.police.ihub;
