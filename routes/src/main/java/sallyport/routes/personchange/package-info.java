/** What changes about people in cases beside reports, notes, charges and alerts: where they are, and who they are said to be. */
@org.jspecify.annotations.NullMarked
package sallyport.routes.personchange;
