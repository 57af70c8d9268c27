"""Addresses that somebody would have the server ask. HOST is a listener that counts who comes."""

from __future__ import annotations

# Logged as references: kept and shown, never followed.
REFERENCES = [
    "http://HOST/a.png", "http://127.0.0.1:PORT/a.png", "http://localhost:PORT/a.png", "http://localhost.:PORT/a.png",
    "http://0.0.0.0:PORT/a.png", "http://[::1]:PORT/a.png", "http://[::ffff:127.0.0.1]:PORT/a.png",
    "http://[0:0:0:0:0:0:0:1]:PORT/a.png", "http://2130706433:PORT/a.png", "http://0x7f.1:PORT/a.png",
    "http://0x7f000001:PORT/a.png", "http://0177.0.0.1:PORT/a.png", "http://127.1:PORT/a.png", "http://127.0.1:PORT/",
    "http://127.0.0.1.nip.io:PORT/a.png", "http://127.0.0.2:PORT/a.png", "http://10.0.0.1/a.png",
    "http://172.16.0.1/a.png", "http://192.168.0.1/a.png", "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/a.png", "http://[fd00::1]/a.png", "http://[fe80::1]/a.png", "http://metadata.google.internal/",
    "https://HOST/a.png", "HTTP://HOST/a.png", "http://HOST/redirect?to=http://169.254.169.254/", "http://HOST#a.png",
    "http://HOST/a.png?x=%0d%0aX:%20y", "http://127.0.0.1:22/", "http://127.0.0.1:6379/", "http://127.0.0.1:5432/",
    "http://lоcalhost:PORT/a.png", "s3://HOST/bucket/a.png", "s3://bucket/a.png", "gs://HOST/a.png", "az://HOST/a.png",
    "https://example.org/a.png", "http://HOST/\u202egnp.a", "http://HOST/a b.png",
]  # fmt: skip
# Not even that.
REFUSED = [
    "javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "file://HOST/x", "gopher://HOST/x",
    "ftp://HOST/x", "//HOST/x", "http:/HOST/x", "http:HOST", "dict://HOST/x", "ldap://HOST/x", "jar:http://HOST!/x",
    "HOST/x", "unix:///var/run/docker.sock", "http://HOST/\r\nX: y", "http://HOST/\x00", "http://HOST/" + "x" * 2000,
    "http://", "https:///x", "http://user:password@HOST/x", "http://token@HOST/x",
]  # fmt: skip
