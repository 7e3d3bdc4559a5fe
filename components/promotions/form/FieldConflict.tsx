'use client';

import { createContext, useContext } from 'react';
import { useFormContext } from 'react-hook-form';
import { ConflictNote } from '#components/forms/ConflictNote.tsx';
import { FieldText } from '#components/history/VersionChanges.tsx';
import { asRead, type EditableField, isInConflict } from '#components/promotions/form/edits.ts';
import type { PromotionFormValues } from '#components/promotions/form/form-values.ts';
import { describeChanges } from '#lib/history/describe';

/** The state of an edit besides the typed values. */
type Edits = {
  read: PromotionFormValues;
  stored: PromotionFormValues;
  /** The user or API client that last changed each field. */
  changedBy: Readonly<Record<string, string>>;
  settle: (field: EditableField, whose: 'mine' | 'theirs') => void;
};

export const EditsContext = createContext<Edits | null>(null);

/** Shows below a field the value that another user has saved since it was read. Renders nothing in the form for a new promotion. */
export function FieldConflict({ name }: { name: EditableField }) {
  const edits = useContext(EditsContext);
  const typed = useFormContext<PromotionFormValues>().watch();
  if (!edits || !isInConflict(name, { ...edits, typed })) return null;
  const { read, stored, changedBy, settle } = edits;
  const [change] = describeChanges([name], asRead(read), asRead(stored));
  if (!change) return null;
  return (
    <ConflictNote
      by={changedBy[name]}
      now={<FieldText value={change.to} quoted />}
      onTheirs={() => settle(name, 'theirs')}
      onMine={() => settle(name, 'mine')}
    />
  );
}
