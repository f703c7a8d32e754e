/** Names this bolt's access policy in credentials and scopes, compared exactly (spec nuts-protocols §3.7). */
export const ANW_PURPOSE_OF_USE = 'anw-zorg-2022';
