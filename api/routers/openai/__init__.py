"""OpenAI's chat completions over the turn service: for clients that speak nothing else."""
