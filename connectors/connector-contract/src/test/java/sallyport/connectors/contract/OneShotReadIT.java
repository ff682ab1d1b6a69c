package sallyport.connectors.contract;

final class OneShotReadIT extends OneShotHttpContract {

    @Override
    protected Kind kind() {
        return Kind.READ;
    }
}
