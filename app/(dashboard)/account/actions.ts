'use server';

import { action } from '#lib/action';
import { changeOwnPassword } from '#lib/users/password/change';
import { changeOwnPasswordInput, endOwnSessionInput } from '#lib/users/schema';
import { endOwnSession } from '#lib/users/sign-in/session';

export const changeOwnPasswordAction = action('own_password', changeOwnPasswordInput, changeOwnPassword);
export const endOwnSessionAction = action('read', endOwnSessionInput, endOwnSession);
