import { dictionary } from '@zxcvbn-ts/language-common';
import { describe, expect, test } from 'vitest';
import { generatePassword } from '#lib/users/password/hash';
import { isCommonPassword, passwordProblem } from '#lib/users/password/rule';

const email = 'ana.keller@example.com';

describe('passwordProblem', () => {
  test('passwordProblem rejects each of the 10,000 most common passwords, also in capital letters', () => {
    const most = dictionary['passwords-common'].slice(0, 10_000);
    expect(most).toHaveLength(10_000);
    const accepted = most.flatMap((password) => [password, password.toUpperCase()]).filter((password) => !passwordProblem(password, email));
    expect(accepted).toEqual([]);
  });

  test.each(['Password1234', 'password12345!', '1q2w3e4r5t6y', 'letmein-letmein', '2026dragon2026', 'ＰＡＳＳＷＯＲＤ１２３４'])(
    'passwordProblem rejects the common password %s',
    (password) => {
      expect(passwordProblem(password, email)).toMatch(/commonly used/);
    },
  );

  test.each([email, 'ANA.KELLER@EXAMPLE.COM', 'ana.keller1234', 'AnaKeller-2026', '2026-ana-keller-rules', 'Ana.Keller@example.com!'])(
    'passwordProblem rejects %s, which contains the email address of the user or its local part',
    (password) => {
      expect(passwordProblem(password, email)).toMatch(/email address/);
    },
  );

  test('passwordProblem rejects a short local part only when it is the whole password', () => {
    expect(passwordProblem('ana-ana-ana-2026', 'ana@example.com')).toMatch(/email address/);
    expect(passwordProblem('banana-orbit-kettle', 'ana@example.com')).toBeNull();
  });

  test.each(['promint-promint', 'Promint123456', 'our Promint server', 'pro.mint.2026'])(
    'passwordProblem rejects %s, which contains the product name',
    (password) => {
      expect(passwordProblem(password, email)).toMatch(/Promint/);
    },
  );

  test.each(['correct-horse-battery', 'kettle orbit violin', 'Größe zählt nicht immer', '1f8b0e7c2d94'])(
    'passwordProblem accepts %s',
    (password) => {
      expect(passwordProblem(password, email)).toBeNull();
    },
  );

  test('passwordProblem accepts a generated password', () => {
    expect(passwordProblem(generatePassword(), email)).toBeNull();
  });

  test('isCommonPassword is fast for 256 characters that almost repeat', () => {
    expect(isCommonPassword(`${'ab'.repeat(127)}ac`)).toBe(false);
  });
});
