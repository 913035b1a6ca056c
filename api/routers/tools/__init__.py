"""The tools over HTTP: one at a time, in batches, streamed, as jobs; and the contract's single address."""
