package sallyport.ledger.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsersIT {

    private DeskFixture ledger;
    private Users users;

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        users = new Users(ledger.dataSource(), ledger.transactions);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void createsTheFirstUserOnce() {
        assertThat(users.createFirst("admin", "hash", true, () -> {})).isTrue();
        assertThat(users.createFirst("admin", "other", true, () -> {})).isFalse();

        var admin = users.find("admin").orElseThrow();
        assertThat(admin.passwordHash()).isEqualTo("hash");
        assertThat(admin.role()).isEqualTo(Role.ADMIN);
        assertThat(admin.scope().seesEverything()).isTrue();
        assertThat(admin.mustChange()).isTrue();
        assertThat(admin.toString()).doesNotContain("hash");
    }

    @Test
    void createsNobodyWhenThePasswordCannotBeHandedOver() {
        assertThatThrownBy(() -> users.createFirst("admin", "hash", true, () -> {
                    throw new IllegalStateException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(users.list()).isEmpty();
    }

    @Test
    void keepsRoleAndScopeAndWhoMadeIt() {
        users.createFirst("admin", "hash", false, () -> {});
        var scope = new Scope(Set.of("MDI", "LEI"), Set.of());

        assertThat(users.create("north", "hash", Role.COORDINATOR, scope, "admin", "new starter"))
                .isTrue();
        assertThat(users.create("north", "hash", Role.ADMIN, scope, "admin", "again"))
                .isFalse();

        var north = users.find("north").orElseThrow();
        assertThat(north.scope()).isEqualTo(scope);
        assertThat(north.role()).isEqualTo(Role.COORDINATOR);
        assertThat(north.createdBy()).isEqualTo("admin");
        assertThat(ledger.count("SELECT count(*) FROM command WHERE kind = 'USER_CREATE' AND target = 'north'"
                        + " AND actor = 'admin' AND reason = 'new starter' AND done_at IS NOT NULL"))
                .isEqualTo(1);
        assertThat(ledger.count("SELECT count(*) FROM work")).isZero();
    }

    @Test
    void keepsTheLastAdministrator() {
        users.createFirst("admin", "hash", false, () -> {});
        users.create("second", "hash", Role.ADMIN, Scope.everything(), "admin", "deputy");

        assertThat(users.enable("admin", false, "second", "left")).isEqualTo(Users.Change.DONE);
        assertThat(users.enable("second", false, "second", "left")).isEqualTo(Users.Change.LAST_ADMIN);
        assertThat(users.enable("nobody", false, "second", "left")).isEqualTo(Users.Change.NOT_THERE);
        assertThat(users.find("second").orElseThrow().enabled()).isTrue();
    }

    @Test
    void needsNoFurtherChangeAfterAChangedPassword() {
        users.createFirst("admin", "hash", true, () -> {});

        users.changePassword("admin", "new", "admin");

        var admin = users.find("admin").orElseThrow();
        assertThat(admin.passwordHash()).isEqualTo("new");
        assertThat(admin.mustChange()).isFalse();
    }
}
