'use server';

import { action, createAction } from '#lib/action';
import { createUser } from '#lib/users/create';
import { resetPassword } from '#lib/users/reset-password';
import { changeRole, setExportDownloads, switchUser } from '#lib/users/rights';
import { changeRoleInput, createUserInput, resetPasswordInput, setExportDownloadsInput, switchUserInput } from '#lib/users/schema';

export const createUserAction = createAction('administer', createUserInput, createUserInput.pick({ email: true }), createUser);
export const changeRoleAction = action('administer', changeRoleInput, changeRole);
export const switchUserAction = action('administer', switchUserInput, switchUser);
export const setExportDownloadsAction = action('administer', setExportDownloadsInput, setExportDownloads);
export const resetPasswordAction = action('administer', resetPasswordInput, resetPassword);
