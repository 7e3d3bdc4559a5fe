'use server';

import { action } from '#lib/action';
import { createUser } from '#lib/users/create';
import { resetPassword } from '#lib/users/reset-password';
import { changeRole, switchUser } from '#lib/users/rights';
import { changeRoleInput, createUserInput, resetPasswordInput, switchUserInput } from '#lib/users/schema';

export const createUserAction = action('administer', createUserInput, createUser);
export const changeRoleAction = action('administer', changeRoleInput, changeRole);
export const switchUserAction = action('administer', switchUserInput, switchUser);
export const resetPasswordAction = action('administer', resetPasswordInput, resetPassword);
