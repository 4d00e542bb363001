/** One setting of the embedded server, and why it differs from PostgreSQL's own default. */
interface ServerSetting {
  readonly name: string
  readonly value: string
  readonly reason: string
}

/** What the embedded server is started with; nothing is written into postgresql.conf. */
export const serverSettings: readonly ServerSetting[] = [
  { name: 'listen_addresses', value: '', reason: 'Unix socket only: never offered on a network' },
  { name: 'unix_socket_permissions', value: '0700', reason: 'only the user it runs as, and root' },
  { name: 'max_connections', value: '200', reason: 'several nodes or test files share one server' },
  { name: 'shared_buffers', value: '64MB', reason: 'modest memory; the page cache does the rest' },
  { name: 'work_mem', value: '16MB', reason: 'sorting one page of locations stays in memory' },
  { name: 'maintenance_work_mem', value: '64MB', reason: 'modest memory for vacuum and index builds' },
  { name: 'fsync', value: 'on', reason: 'what was acknowledged survives' },
  { name: 'synchronous_commit', value: 'on', reason: 'what was acknowledged survives' },
  { name: 'full_page_writes', value: 'on', reason: 'a torn page is repaired after a crash' },
  { name: 'wal_level', value: 'minimal', reason: 'no replicas read this log' },
  { name: 'max_wal_senders', value: '0', reason: 'required by wal_level = minimal' },
  { name: 'max_wal_size', value: '512MB', reason: 'fewer checkpoints under load, bounded disk use' },
  { name: 'wal_compression', value: 'pglz', reason: 'smaller full-page images; lz4 is not built in' },
  { name: 'io_method', value: 'sync', reason: 'no extra I/O worker processes on small machines' },
  {
    name: 'max_parallel_workers_per_gather',
    value: '0',
    reason: 'predictable memory, /dev/shm may be small',
  },
  { name: 'max_logical_replication_workers', value: '0', reason: 'one process less' },
  { name: 'random_page_cost', value: '1.1', reason: 'solid-state disks' },
  { name: 'jit', value: 'off', reason: 'compiling costs more than these queries take' },
  { name: 'autovacuum_naptime', value: '15s', reason: 'status updates leave dead rows quickly' },
  { name: 'log_checkpoints', value: 'off', reason: 'not news' },
  { name: 'timezone', value: 'UTC', reason: 'times are UTC everywhere' },
]

/** For throw-away data such as tests: gives up durability for speed. */
export const throwAwaySettings: readonly ServerSetting[] = [
  { name: 'fsync', value: 'off', reason: 'the data is deleted at the end' },
  { name: 'synchronous_commit', value: 'off', reason: 'the data is deleted at the end' },
  { name: 'full_page_writes', value: 'off', reason: 'the data is deleted at the end' },
]
