package sallyport.simulators.police;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;

/** Keeps the bytes of a message as they came in, for their hash. */
final class ArrivedBytes extends AbstractPhaseInterceptor<Message> {

    private static final int LARGEST = 20_000_000;
    private static final String KEY = ArrivedBytes.class.getName();

    ArrivedBytes() {
        super(Phase.RECEIVE);
    }

    @Override
    public void handleMessage(Message message) {
        InputStream in = message.getContent(InputStream.class);
        if (in == null) {
            return;
        }
        try (in) {
            byte[] bytes = in.readNBytes(LARGEST);
            message.put(KEY, bytes);
            message.setContent(InputStream.class, new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] of(Message message) {
        byte[] bytes = (byte[]) message.getExchange().getInMessage().get(KEY);
        return bytes == null ? new byte[0] : bytes;
    }
}
