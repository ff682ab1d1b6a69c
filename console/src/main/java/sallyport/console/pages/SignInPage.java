package sallyport.console.pages;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Sign in. The security filter takes what is posted and comes back here with what went wrong. */
@Controller
class SignInPage {

    @GetMapping("/sign-in")
    String signIn() {
        return "sign-in";
    }

    /** Reached only by a forward inside the server. */
    @RequestMapping("/sign-in-again")
    String signInAgain() {
        return "sign-in";
    }
}
