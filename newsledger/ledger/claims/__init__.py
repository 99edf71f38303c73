"""Which claims say the same, contradict, deny or update each other, and how many origins stand
behind them."""
