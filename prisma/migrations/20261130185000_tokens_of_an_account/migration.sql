-- A new password ends all links that its account was given.
CREATE INDEX "user_token_value_idx" ON "user_token"("value");
