package sallyport;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls between the rooms of the house, each with the reason it stands there. */
@AnalyzeClasses(packages = "sallyport", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule mappingsArePure = noClasses()
            .that()
            .resideInAPackage("sallyport.mappings..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.camel..", "org.springframework..", "java.sql..", "javax.sql..", "java.net.http..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.time.Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.Random.class)
            .because("a translation that needs a clock, a socket or a framework cannot be read or tested by itself");

    @ArchTest
    static final ArchRule connectorsKnowOnlyTheirPartner = slices().matching(
                    "sallyport.connectors.(prison|police).(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAnyPackage("sallyport.connectors.police.forces.."))
            .because("a partner can be changed or removed without touching another");

    @ArchTest
    static final ArchRule connectorsDoNotKnowTheLedger = noClasses()
            .that()
            .resideInAPackage("sallyport.connectors..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("sallyport.ledger..", "sallyport.routes..", "sallyport.console..")
            .because("the wires carry, they do not remember");

    @ArchTest
    static final ArchRule theLedgerKnowsNoPartner = noClasses()
            .that()
            .resideInAPackage("sallyport.ledger..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("sallyport.connectors..", "sallyport.routes..", "sallyport.console..")
            .because("what happened is kept in words of our own");

    @ArchTest
    static final ArchRule renderingsKnowOnlyTheWords = noClasses()
            .that()
            .resideInAPackage("sallyport.renderings..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "sallyport.connectors..",
                    "sallyport.ledger..",
                    "sallyport.routes..",
                    "sallyport.console..",
                    "org.springframework..",
                    "java.net..",
                    "java.nio.file..")
            .because("a document is made of what it is given and reaches for nothing");

    @ArchTest
    static final ArchRule theConsoleReadsOnlyTheLedger = noClasses()
            .that()
            .resideInAPackage("sallyport.console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("sallyport.connectors..", "sallyport.routes..")
            .because("people see what is written, and write commands that flows carry out");

    @ArchTest
    static final ArchRule onlyTheLedgerSpeaksSql = noClasses()
            .that()
            .resideOutsideOfPackages("sallyport.ledger..", "sallyport.ground..", "sallyport.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..")
            .because("one module knows the tables");

    @ArchTest
    static final ArchRule nothingOutsideRoutesSendsThroughATemplate = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.apache.camel.ProducerTemplate")
            .because("flows are routes that a person can read, not calls hidden in beans");

    @ArchTest
    static final ArchRule simulatorsAreNotOnTheHubsClassPath = noClasses()
            .that(resideInAPackage("sallyport.."))
            .and()
            .resideOutsideOfPackages("sallyport.simulators..", "sallyport.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("sallyport.simulators..")
            .because("the hub must not be able to talk to a double by accident");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Constants")
            .because("such a name hides two things in one");

    @ArchTest
    static final ArchRule noCupboards = classes()
            .should()
            .resideOutsideOfPackages("..util..", "..common..", "..helper..")
            .because("a package called so collects what nobody placed");
}
