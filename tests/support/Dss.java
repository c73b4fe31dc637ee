import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.pdf.modifications.DefaultPdfDifferencesFinder;
import eu.europa.esig.dss.pdf.pdfbox.PdfBoxDefaultObjectFactory;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CertificateVerifier;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.File;
import java.io.InputStream;
import java.util.Arrays;

/**
 * EU DSS on PDF files, asking no other machine: one line for each signature of each file.
 *
 * <p>Arguments: a folder with the trusted certificates ({@code *.pem}) and the authorities' lists ({@code *.crl}),
 * then the files. A line says the indication with its reason, the format, whether the bytes signed are one whole
 * revision, what later revisions change beside validation data and time-stamps, and the file.
 */
public final class Dss {
    public static void main(String[] arguments) {
        CertificateVerifier verifier = verifier(new File(arguments[0]));
        for (String path : Arrays.copyOfRange(arguments, 1, arguments.length)) {
            report(path, verifier);
        }
    }

    private static CertificateVerifier verifier(File trust) {
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        for (File file : trust.listFiles((folder, name) -> name.endsWith(".pem"))) {
            CertificateToken root = DSSUtils.loadCertificate(file);
            trusted.addCertificate(root);
        }
        CertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(trusted);
        InputStream[] lists =
                Arrays.stream(trust.listFiles((folder, name) -> name.endsWith(".crl")))
                        .map(list -> new FileDocument(list).openStream())
                        .toArray(InputStream[]::new);
        verifier.setCrlSource(new ExternalResourcesCRLSource(lists));
        return verifier;
    }

    private static void report(String path, CertificateVerifier verifier) {
        PDFDocumentValidator validator = new PDFDocumentValidator(new FileDocument(path));
        // Pages are compared with those of the original elsewhere; here it would take most of the time.
        DefaultPdfDifferencesFinder differences = new DefaultPdfDifferencesFinder();
        differences.setMaximalPagesAmountForVisualComparison(0);
        PdfBoxDefaultObjectFactory pdf = new PdfBoxDefaultObjectFactory();
        pdf.setPdfDifferencesFinder(differences);
        validator.setPdfObjFactory(pdf);
        validator.setCertificateVerifier(verifier);
        Reports reports = validator.validateDocument();
        for (SignatureWrapper signature : reports.getDiagnosticData().getSignatures()) {
            String id = signature.getId();
            String reason = String.valueOf(reports.getSimpleReport().getSubIndication(id));
            System.out.println(
                    String.join(
                            " ",
                            reports.getSimpleReport().getIndication(id).toString(),
                            reason.equals("null") ? "-" : reason,
                            signature.getSignatureFormat().toString(),
                            signature.isSignatureByteRangeValid() ? "whole" : "not-whole",
                            changes(signature),
                            path));
        }
    }

    /** DSS counts validation data, and the fields of time-stamps, as extensions of the file. */
    private static String changes(SignatureWrapper signature) {
        boolean none =
                signature.getPdfUndefinedChanges().isEmpty()
                        && signature.getPdfAnnotationChanges().isEmpty()
                        && signature.getPdfSignatureOrFormFillChanges().isEmpty();
        return none ? "unchanged" : "changed";
    }

    private Dss() {}
}
