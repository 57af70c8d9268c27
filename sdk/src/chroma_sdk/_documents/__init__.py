"""Every GraphQL document that the SDK sends, by noun. A test holds them against the server's schema."""
