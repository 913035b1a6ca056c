"""The routes of LangGraph's SDKs over the turn service: for clients and chat pages made for LangGraph's server."""
