package sallyport.mappings.police;

import java.io.InputStream;
import java.io.Reader;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.ls.LSInput;

/** A schema document of ours, handed to the parser instead of an address. */
final class LocalSchema implements LSInput {

    private final String name;
    private final InputStream bytes;

    LocalSchema(String name, InputStream bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    @Override
    public InputStream getByteStream() {
        return bytes;
    }

    @Override
    public String getSystemId() {
        return "cjse/" + name;
    }

    @Override
    public @Nullable Reader getCharacterStream() {
        return null;
    }

    @Override
    public @Nullable String getStringData() {
        return null;
    }

    @Override
    public @Nullable String getPublicId() {
        return null;
    }

    @Override
    public @Nullable String getBaseURI() {
        return null;
    }

    @Override
    public @Nullable String getEncoding() {
        return null;
    }

    @Override
    public boolean getCertifiedText() {
        return false;
    }

    @Override
    public void setCharacterStream(@Nullable Reader characterStream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setByteStream(@Nullable InputStream byteStream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setStringData(@Nullable String stringData) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setSystemId(@Nullable String systemId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setPublicId(@Nullable String publicId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setBaseURI(@Nullable String baseUri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setEncoding(@Nullable String encoding) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setCertifiedText(boolean certifiedText) {
        throw new UnsupportedOperationException();
    }
}
