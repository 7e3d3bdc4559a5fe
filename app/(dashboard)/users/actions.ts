'use server';

import { action, createAction } from '#lib/action';
import { createUser } from '#lib/users/create';
import { resetPassword } from '#lib/users/password/reset';
import { changeRole, setExportDownloads, setUserEnabled } from '#lib/users/roles';
import { changeRoleInput, createUserInput, resetPasswordInput, setExportDownloadsInput, setUserEnabledInput } from '#lib/users/schema';

export const createUserAction = createAction('administer', createUserInput, createUserInput.pick({ email: true }), createUser);
export const changeRoleAction = action('administer', changeRoleInput, changeRole);
export const setUserEnabledAction = action('administer', setUserEnabledInput, setUserEnabled);
export const setExportDownloadsAction = action('administer', setExportDownloadsInput, setExportDownloads);
export const resetPasswordAction = action('administer', resetPasswordInput, resetPassword);
