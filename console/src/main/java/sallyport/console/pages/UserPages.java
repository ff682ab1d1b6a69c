package sallyport.console.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import sallyport.console.access.Passwords;
import sallyport.console.access.SignedIn;
import sallyport.console.words.BadParameter;
import sallyport.console.words.NotThereException;
import sallyport.console.words.Typed;
import sallyport.ledger.desk.Role;
import sallyport.ledger.desk.Scope;
import sallyport.ledger.desk.Users;

/** Users, for administrators, and everybody's own password. */
@Controller
class UserPages {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{1,63}");

    private final Users users;
    private final Passwords passwords;

    UserPages(Users users, Passwords passwords) {
        this.users = users;
        this.passwords = passwords;
    }

    @GetMapping("/users")
    String users(Model model) {
        return list(model);
    }

    /** The password is shown this once, and must be changed when first signing in. */
    @PostMapping("/users")
    String create(
            @RequestParam(defaultValue = "") String username,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String prisons,
            @RequestParam(defaultValue = "") String forces,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletResponse response) {
        try {
            String name = name(username);
            String password = Passwords.generate();
            boolean created = users.create(
                    name,
                    passwords.hash(password),
                    role(role),
                    new Scope(codes("prisons", prisons), codes("forces", forces)),
                    me.username(),
                    Typed.reason(reason));
            if (!created) {
                throw new BadParameter("username", "is taken");
            }
            model.addAttribute("createdName", name);
            model.addAttribute("createdPassword", password);
        } catch (BadParameter bad) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("problem", bad);
        }
        return list(model);
    }

    @PostMapping("/users/{username}/disable")
    String disable(
            @PathVariable String username,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        return enable(username, false, reason, me, next);
    }

    @PostMapping("/users/{username}/enable")
    String enable(
            @PathVariable String username,
            @RequestParam(required = false) @Nullable String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes next) {
        return enable(username, true, reason, me, next);
    }

    @GetMapping("/password")
    String password() {
        return "password";
    }

    @PostMapping("/password")
    String changePassword(
            @RequestParam(defaultValue = "") String current,
            @RequestParam(defaultValue = "") String next,
            @RequestParam(defaultValue = "") String again,
            @AuthenticationPrincipal SignedIn me,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        var wrong = passwords.change(me, current, next, again, request, response);
        if (wrong.isPresent()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("wrong", wrong.get());
            return "password";
        }
        flash.addFlashAttribute("done", "Your password is changed.");
        return "redirect:/";
    }

    private String enable(
            String username, boolean enabled, @Nullable String reason, SignedIn me, RedirectAttributes next) {
        if (!NAME.matcher(username).matches()) {
            throw new NotThereException();
        }
        try {
            switch (users.enable(username, enabled, me.username(), Typed.reason(reason))) {
                case NOT_THERE -> throw new NotThereException();
                case LAST_ADMIN -> next.addFlashAttribute("warning", "The last administrator cannot be disabled.");
                case DONE ->
                    next.addFlashAttribute(
                            "done", "User " + username + (enabled ? " may sign in again." : " is disabled."));
            }
        } catch (BadParameter bad) {
            next.addFlashAttribute("warning", "Nothing was changed: the reason " + bad.rule() + ".");
        }
        return "redirect:/users";
    }

    private String list(Model model) {
        model.addAttribute("users", users.list());
        model.addAttribute("roles", Role.values());
        return "users";
    }

    private static String name(String username) {
        String name = username.strip().toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw new BadParameter("username", "must be 2 to 64 letters, digits, dots and hyphens");
        }
        return name;
    }

    private static Role role(String role) {
        return Arrays.stream(Role.values())
                .filter(known -> known.name().equals(role))
                .findFirst()
                .orElseThrow(() -> new BadParameter("role", "must be chosen"));
    }

    private static Set<String> codes(String parameter, String typed) {
        try {
            return new Scope(
                            Pattern.compile("[,\\s]+")
                                    .splitAsStream(typed.toUpperCase(Locale.ROOT))
                                    .filter(code -> !code.isEmpty())
                                    .collect(Collectors.toSet()),
                            Set.of())
                    .prisons();
        } catch (IllegalArgumentException notCodes) {
            throw new BadParameter(parameter, "must be codes with commas between them, or *");
        }
    }
}
