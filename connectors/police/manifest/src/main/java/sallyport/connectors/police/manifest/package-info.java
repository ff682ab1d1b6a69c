/** The manifests of the forces that offer one: what a force says it received on a day, signed with its own key. */
@org.jspecify.annotations.NullMarked
package sallyport.connectors.police.manifest;
