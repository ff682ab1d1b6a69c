package sallyport.console.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.server.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import sallyport.ledger.desk.Users;

/** Who may do what, over all paths of the server: what is not named here is denied. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class AccessConfiguration {

    private static final String CONTENT_SECURITY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String[] DECIDE = {"COORDINATOR", "ADMIN"};
    private static final String[] OPERATE = {"OPERATOR", "ADMIN"};
    private static final String[] ANSWER = {"COORDINATOR", "OPERATOR", "ADMIN"};

    @Bean
    PasswordEncoder passwords() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    LogInThrottle logInThrottle(ObjectProvider<Clock> clock) {
        return new LogInThrottle(clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    HubUsers hubUsers(Users users, PasswordEncoder passwords, LogInThrottle throttle) {
        return new HubUsers(users, passwords, throttle);
    }

    @Bean
    Passwords changesOfPasswords(
            Users users, PasswordEncoder passwords, HubUsers hubUsers, LogInThrottle throttle, FirstRun firstRun) {
        return new Passwords(users, passwords, hubUsers, throttle, firstRun);
    }

    @Bean
    AuthenticationManager authenticationManager(HubUsers hubUsers) {
        return new ProviderManager(hubUsers);
    }

    @Bean
    FirstRun firstRun(Users users, PasswordEncoder passwords, ConsoleProperties properties) {
        return new FirstRun(users, passwords, properties.adminPassword(), properties.dataDir());
    }

    @Bean
    ListeningRule listeningRule(ServerProperties server, ConsoleProperties properties) {
        return new ListeningRule(server, properties.console().behindProxy());
    }

    /** The server quotes a request line that is no HTTP at level INFO: whatever somebody sends would be in the log. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> quietAboutBrokenRequests(LoggingSystem logging) {
        return factory -> logging.setLogLevel("org.apache.coyote", LogLevel.WARN);
    }

    @Bean
    FilterRegistrationBean<UploadGate> uploadGate() {
        var gate = new FilterRegistrationBean<>(new UploadGate());
        gate.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return gate;
    }

    /** Partners come with a client certificate on a port of their own, which has its own gate. */
    @Bean
    @Order(1)
    SecurityFilterChain partners(HttpSecurity http) throws Exception {
        // By the whole path: a matcher of Spring MVC sees only what its own servlet is given, and partners call others.
        return http.securityMatcher(PathPatternRequestMatcher.withDefaults().matcher("/partner/**"))
                .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain actuator(HttpSecurity http) throws Exception {
        return stateless(http.securityMatcher("/actuator/**"))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/actuator/health/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/actuator/prometheus")
                        .access((user, context) -> new AuthorizationDecision(fromThisMachine(context.getRequest())
                                || user.get().getAuthorities().stream()
                                        .anyMatch(role -> role.getAuthority().equals("ROLE_OPERATOR")
                                                || role.getAuthority().equals("ROLE_ADMIN"))))
                        .anyRequest()
                        .denyAll())
                .build();
    }

    /** Basic only. The cookie of a session is not looked at, so no page elsewhere can act in somebody's name. */
    @Bean
    @Order(3)
    SecurityFilterChain api(HttpSecurity http) throws Exception {
        return stateless(http.securityMatcher("/api/**", "/v3/api-docs/**", "/v3/api-docs.yaml"))
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers(HttpMethod.GET, "/v3/api-docs", "/v3/api-docs.yaml")
                                .permitAll()
                                .requestMatchers(
                                        HttpMethod.POST,
                                        "/api/v1/cases/*/approve",
                                        "/api/v1/cases/*/keep-internal",
                                        "/api/v1/cases/*/confirm-withdrawal",
                                        "/api/v1/cases/*/confirm-review",
                                        "/api/v1/cases/*/combine",
                                        "/api/v1/cases/*/place-hold",
                                        "/api/v1/cases/*/release-hold")
                                .hasAnyRole(DECIDE)
                                .requestMatchers(HttpMethod.PUT, "/api/v1/cases/*/facts/*")
                                .hasAnyRole(DECIDE)
                                .requestMatchers(HttpMethod.POST, "/api/v1/cases/*/documents")
                                .hasAnyRole(DECIDE)
                                .requestMatchers(HttpMethod.POST, "/api/v1/cases/*/facts/*/withdraw")
                                .hasAnyRole(DECIDE)
                                .requestMatchers(
                                        HttpMethod.POST,
                                        "/api/v1/cases/*/photo-requests",
                                        "/api/v1/cases/*/prison-documents",
                                        "/api/v1/cases/*/prison-documents/*/take",
                                        "/api/v1/cases/*/case-note-requests",
                                        "/api/v1/cases/*/case-note-requests/*/agree",
                                        "/api/v1/cases/*/case-note-requests/*/refuse",
                                        "/api/v1/cases/*/case-note-requests/*/notes/*/use",
                                        "/api/v1/cases/*/case-note-requests/*/notes/*/leave-out")
                                .hasAnyRole(DECIDE)
                                .requestMatchers(HttpMethod.POST, "/api/v1/retention/*/confirm")
                                .hasRole("ADMIN")
                                .requestMatchers(
                                        HttpMethod.POST,
                                        "/api/v1/routes/*/suspend",
                                        "/api/v1/routes/*/resume",
                                        "/api/v1/accounting/comparisons",
                                        "/api/v1/causes/release",
                                        "/api/v1/replays",
                                        "/api/v1/replays/*/start",
                                        "/api/v1/replays/*/rehearse",
                                        "/api/v1/replays/*/pause",
                                        "/api/v1/replays/*/resume",
                                        "/api/v1/replays/*/cancel",
                                        "/api/v1/replays/*/items/*/confirm",
                                        "/api/v1/parked/release",
                                        "/api/v1/parked/confirm-sent",
                                        "/api/v1/parked/cancel-send")
                                .hasAnyRole(OPERATE)
                                .requestMatchers(HttpMethod.POST, "/api/v1/telephone-reports")
                                .hasAnyRole(OPERATE)
                                .requestMatchers(
                                        HttpMethod.POST,
                                        "/api/v1/telephone-reports/*/*",
                                        "/api/v1/use-of-force/*/*",
                                        "/api/v1/referred-charges/*/*")
                                .hasAnyRole(ANSWER)
                                .requestMatchers(HttpMethod.POST, "/api/v1/tasks/*/close")
                                .hasAnyRole(ANSWER)
                                .requestMatchers(HttpMethod.POST, "/api/v1/evidence/override")
                                .hasAnyRole(OPERATE)
                                .requestMatchers(HttpMethod.GET, "/api/v1/intelligence")
                                .hasAnyRole(DECIDE)
                                .requestMatchers(HttpMethod.GET, "/api/v1/evidence", "/api/v1/evidence/**")
                                .hasAnyRole(OPERATE)
                                .requestMatchers(HttpMethod.GET, "/api/v1/**")
                                .authenticated()
                                // How large it is, before it is taken out.
                                .requestMatchers(HttpMethod.HEAD, "/api/v1/cases/*/packages/*")
                                .authenticated()
                                .anyRequest()
                                .denyAll())
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain pages(HttpSecurity http, Users users) throws Exception {
        var savedRequests = new HttpSessionRequestCache();
        savedRequests.setMatchingRequestParameterName(null);
        savedRequests.setRequestMatcher(
                request -> request.getMethod().equals("GET") && request.getHeader("HX-Request") == null);
        return headers(http)
                .authorizeHttpRequests(requests -> requests
                        // Forwards inside the server: the error page, and the sign-in page with what went wrong.
                        .dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                HttpMethod.GET,
                                "/assets/console.css",
                                "/assets/console.js",
                                "/assets/icon.svg",
                                "/assets/govuk/govuk-frontend.min.css",
                                "/assets/govuk/govuk-frontend.min.js",
                                "/assets/htmx/htmx.min.js")
                        .permitAll()
                        .requestMatchers("/sign-in")
                        .permitAll()
                        .requestMatchers("/users", "/users/**")
                        .hasRole("ADMIN")
                        .requestMatchers("/password")
                        .authenticated()
                        .requestMatchers(
                                HttpMethod.POST,
                                "/cases/*/approve",
                                "/cases/*/keep-internal",
                                "/cases/*/confirm-withdrawal",
                                "/cases/*/confirm-review",
                                "/cases/*/combine",
                                "/cases/*/place-hold",
                                "/cases/*/release-hold",
                                "/cases/*/documents",
                                "/cases/*/photographs",
                                "/cases/*/prison-documents",
                                "/cases/*/prison-documents/*/take",
                                "/cases/*/case-notes",
                                "/cases/*/case-notes/*/agree",
                                "/cases/*/case-notes/*/refuse",
                                "/cases/*/case-notes/*/notes/*/use",
                                "/cases/*/case-notes/*/notes/*/leave-out",
                                "/cases/*/readiness/*",
                                "/cases/*/readiness/*/withdraw")
                        .hasAnyRole(DECIDE)
                        .requestMatchers(HttpMethod.POST, "/retention/*/confirm")
                        .hasRole("ADMIN")
                        .requestMatchers(
                                HttpMethod.POST,
                                "/routes/*/suspend",
                                "/routes/*/resume",
                                "/accounting/compare",
                                "/causes/release",
                                "/replays",
                                "/replays/*/start",
                                "/replays/*/rehearse",
                                "/replays/*/pause",
                                "/replays/*/resume",
                                "/replays/*/cancel",
                                "/replays/*/items/*/confirm",
                                "/parked/release",
                                "/parked/confirm-sent",
                                "/parked/cancel-send")
                        .hasAnyRole(OPERATE)
                        .requestMatchers("/telephone-reports/hand-in")
                        .hasAnyRole(OPERATE)
                        .requestMatchers(
                                HttpMethod.POST,
                                "/tasks/*/close",
                                "/telephone-reports/*/*",
                                "/use-of-force/*/*",
                                "/referred-charges/*/*")
                        .hasAnyRole(ANSWER)
                        .requestMatchers(HttpMethod.GET, "/intelligence")
                        .hasAnyRole(DECIDE)
                        .requestMatchers(HttpMethod.GET, "/evidence")
                        .hasAnyRole(OPERATE)
                        .requestMatchers(HttpMethod.POST, "/evidence/verify", "/evidence/override")
                        .hasAnyRole(OPERATE)
                        .requestMatchers(
                                HttpMethod.GET,
                                "/",
                                "/tasks",
                                "/accounting",
                                "/accounting.csv",
                                "/cases",
                                "/cases/*",
                                "/cases/*/packages/*",
                                "/cases/*/packages/*/lineage",
                                "/cases/*/documents",
                                "/cases/*/documents/*",
                                "/cases/*/case-notes",
                                "/cases/*/readiness",
                                "/cases/*/readiness/*",
                                "/dropped-files",
                                "/establishments",
                                "/prisoner-alerts",
                                "/telephone-reports",
                                "/use-of-force",
                                "/referred-charges",
                                "/routes",
                                "/routes/*",
                                "/causes",
                                "/receipts",
                                "/replays",
                                "/replays/*",
                                "/replays/*/items/*",
                                "/retention",
                                "/parked",
                                "/conflicts")
                        .authenticated()
                        .anyRequest()
                        .denyAll())
                .formLogin(form -> form.loginPage("/sign-in")
                        .loginProcessingUrl("/sign-in")
                        .usernameParameter("username")
                        .passwordParameter("password")
                        .failureHandler(new SignInFailure()))
                .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in?out"))
                .requestCache(cache -> cache.requestCache(savedRequests))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(new SignInEntryPoint()))
                .addFilterBefore(new CurrentUserFilter(users), AuthorizationFilter.class)
                .build();
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        var answers = new ApiEntryPoint();
        return headers(http)
                .httpBasic(basic -> basic.authenticationEntryPoint(answers))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(answers).accessDeniedHandler(answers))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }

    private static HttpSecurity headers(HttpSecurity http) throws Exception {
        return http.headers(
                headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY))
                        .frameOptions(frames -> frames.deny())
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(permissions ->
                                permissions.policy("camera=(), geolocation=(), microphone=(), payment=()")));
    }

    /** A request that a proxy on this machine hands on is not from this machine. */
    private static boolean fromThisMachine(HttpServletRequest request) {
        if (request.getHeader("X-Forwarded-For") != null || request.getHeader("Forwarded") != null) {
            return false;
        }
        try {
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
