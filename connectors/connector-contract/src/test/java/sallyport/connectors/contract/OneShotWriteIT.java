package sallyport.connectors.contract;

final class OneShotWriteIT extends OneShotHttpContract {

    @Override
    protected Kind kind() {
        return Kind.WRITE;
    }
}
