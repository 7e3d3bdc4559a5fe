'use client';

/** Shown when the root layout fails, so it uses neither the theme nor its styles. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body
        style={{
          margin: '4rem auto',
          maxWidth: '28rem',
          padding: '0 1rem',
          fontFamily: 'system-ui, sans-serif',
          colorScheme: 'light dark',
        }}
      >
        <h1>Promint could not be loaded</h1>
        <p>Try again in a moment.</p>
        <button type="button" onClick={retry}>
          Try again
        </button>
      </body>
    </html>
  );
}
