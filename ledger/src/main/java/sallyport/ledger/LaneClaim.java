package sallyport.ledger;

import org.jspecify.annotations.Nullable;

/**
 * One claimed effect, already committed as SENDING (or ASKING), with the bytes rendered for the channel whose turn it is. The body of the
 * exchange on {@code ledger:lanes/…} routes.
 *
 * @param id of the lane_case row
 * @param lane such as {@code force:46}, {@code tracker}, {@code feed:regional-north}
 * @param destination the part of the lane after the colon, or the lane itself
 * @param attempt of this item over all channels
 * @param referralCase as it was when the item was claimed
 * @param asks an earlier send had no answer: the partner is to be asked whether it has the message, nothing is to be sent; the step
 *     ends with its effects as after an acceptance, or with {@link Effect.NotArrived}
 * @param again the destination accepted it before and a person has it sent again: what followed from its acceptance is done
 * @param lease not a byte may leave after it is over
 */
public record LaneClaim(
        long id,
        long fence,
        int attempt,
        LaneFamily family,
        String lane,
        String destination,
        ReferralCase referralCase,
        long itemId,
        int seq,
        String kind,
        String messageId,
        @Nullable Integer packageVersion,
        CaseClass caseClass,
        String channel,
        String contentType,
        byte[] bytes,
        byte[] sha256,
        String mappingVersion,
        String profile,
        boolean asks,
        boolean again,
        Lease lease)
        implements Claim {}
