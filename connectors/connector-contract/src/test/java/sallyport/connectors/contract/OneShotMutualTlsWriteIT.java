package sallyport.connectors.contract;

final class OneShotMutualTlsWriteIT extends OneShotHttpContract {

    @Override
    protected Kind kind() {
        return Kind.WRITE;
    }

    @Override
    protected boolean mutualTls() {
        return true;
    }
}
