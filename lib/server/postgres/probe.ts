import pg from 'pg';

/**
 * The answer of a server: `open` accepts connections, `busy` starts, stops or recovers, `closed` means that no server answers, and
 * `foreign` rejects the password.
 */
export type Answer = 'open' | 'busy' | 'closed' | 'foreign';

const answers: Record<string, Answer> = {
  ECONNREFUSED: 'closed',
  ECONNRESET: 'busy',
  '57P03': 'busy',
  '53300': 'open',
  '28P01': 'foreign',
  '28000': 'foreign',
};

/** Checks whether the server of an address accepts connections. */
export async function probe(connectionString: string): Promise<Answer> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return 'open';
  } catch (error) {
    const answer = error instanceof Error && 'code' in error ? answers[String(error.code)] : undefined;
    if (answer) return answer;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}
