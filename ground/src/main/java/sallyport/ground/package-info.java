/**
 * The ground the hub stands on where nothing is installed: PostgreSQL and Artemis with durability forced on, and the
 * supervisor behind {@code make run}. The hub itself only ever sees URLs.
 */
@org.jspecify.annotations.NullMarked
package sallyport.ground;
