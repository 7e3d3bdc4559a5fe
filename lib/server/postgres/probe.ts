import pg from 'pg';

/**
 * The state of the server at an address: `open` accepts connections, `busy` is starting, stopping or recovering, `closed` means that
 * no server listens, and `rejected` means that the server rejects the password.
 */
export type ServerState = 'open' | 'busy' | 'closed' | 'rejected';

const statesByCode: Record<string, ServerState> = {
  ECONNREFUSED: 'closed',
  ECONNRESET: 'busy',
  '57P03': 'busy',
  '53300': 'open',
  '28P01': 'rejected',
  '28000': 'rejected',
};

/** Tries to connect to a server and returns its state. */
export async function probe(connectionString: string): Promise<ServerState> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return 'open';
  } catch (error) {
    const state = error instanceof Error && 'code' in error ? statesByCode[String(error.code)] : undefined;
    if (state) return state;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}
