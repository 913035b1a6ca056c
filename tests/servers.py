"""Finds the local servers that contract suites run against besides the embedded stores."""

from functools import cache

NO_MARIADB = "no MariaDB answers on 127.0.0.1:3306 (user root, empty password)"
NO_REDIS = "no Redis answers on 127.0.0.1:6379 (no password)"


@cache
def mariadb_url() -> str | None:
    """SQLAlchemy URL of a local MariaDB or MySQL without a database name; None (see NO_MARIADB) when there is none.

    The account may create databases: a test makes a throw-away one and drops it.
    """
    import pymysql  # type: ignore[import-untyped]

    try:
        connection = pymysql.connect(host="127.0.0.1", port=3306, user="root", password="", connect_timeout=2)
    except pymysql.MySQLError:
        return None
    connection.close()
    return "mysql+aiomysql://root@127.0.0.1:3306"


@cache
def redis_url() -> str | None:
    """URL of a local Redis or Valkey without a database number; None (see NO_REDIS) when there is none.

    The server is shared: a test uses keys of its own (a random prefix) and deletes them.
    """
    import redis

    client = redis.Redis(host="127.0.0.1", port=6379, socket_connect_timeout=2)
    try:
        client.ping()
    except redis.RedisError:
        return None
    finally:
        client.close()
    return "redis://127.0.0.1:6379"
