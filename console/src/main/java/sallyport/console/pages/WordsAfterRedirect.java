package sallyport.console.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.SessionFlashMapManager;

/**
 * What a page says once, after a form was sent, is for the page that the person is shown. A live page that asks for itself at that
 * moment would take it, and nobody would read it.
 */
@Component(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME)
final class WordsAfterRedirect extends SessionFlashMapManager {

    @Override
    protected @Nullable List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
        return request.getHeader("HX-Request") == null ? super.retrieveFlashMaps(request) : null;
    }
}
