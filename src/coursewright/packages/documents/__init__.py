"""The documents of packages: manifests, sequencing, metadata, addresses."""
