'use server';

import { action } from '#lib/action';
import { changeOwnPassword } from '#lib/users/change-password';
import { changeOwnPasswordInput, endOwnSessionInput } from '#lib/users/schema';
import { endOwnSession } from '#lib/users/session';

export const changeOwnPasswordAction = action('own_password', changeOwnPasswordInput, changeOwnPassword);
export const endOwnSessionAction = action('read', endOwnSessionInput, endOwnSession);
