import { Fragment } from 'react';

/** Text of the document: paragraphs, lists of lines that begin with a dash, and code between backticks. */
export function Prose({ text }: { text: string }) {
  return text.split('\n\n').map((block) =>
    block.startsWith('- ') ? (
      <ul key={block}>
        {block.split('\n').map((line) => (
          <li key={line}>
            <WithCode text={line.replace(/^- /, '')} />
          </li>
        ))}
      </ul>
    ) : (
      <p key={block}>
        <WithCode text={block} />
      </p>
    ),
  );
}

/** One line of text with code between backticks. */
export function WithCode({ text }: { text: string }) {
  return text.split('`').map((part, i) => {
    const key = `${i} ${part}`;
    return i % 2 === 1 ? <code key={key}>{part}</code> : <Fragment key={key}>{part}</Fragment>;
  });
}
