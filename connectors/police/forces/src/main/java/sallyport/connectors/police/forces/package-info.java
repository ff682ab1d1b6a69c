/** Which police forces there are, by which channels each is reached, and which certificate each one calls with. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.police.forces;
