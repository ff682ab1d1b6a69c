package sallyport.console.pages;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import sallyport.ledger.ReportKind;
import sallyport.ledger.desk.ReportDesk;

/** Use of force reports. */
@Controller
@RequestMapping(UseOfForcePages.PATH)
final class UseOfForcePages extends ReportPages {

    static final String PATH = "/use-of-force";

    UseOfForcePages(ReportDesk desk) {
        super(desk, ReportKind.USE_OF_FORCE, PATH);
    }
}
