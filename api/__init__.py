"""HTTP: routers, schemas, authentication, problem+json."""
