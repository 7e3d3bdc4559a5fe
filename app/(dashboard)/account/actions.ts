'use server';

import { action } from '#lib/action';
import { changeOwnPassword } from '#lib/users/change-password';
import { changeOwnPasswordInput } from '#lib/users/schema';

export const changeOwnPasswordAction = action('read', changeOwnPasswordInput, changeOwnPassword);
