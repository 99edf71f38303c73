-- Which claims came the longest way? Chains of attribution from the speaker out to the outlet.
SELECT hop_count, chain_text, content_text, url
FROM claims
ORDER BY hop_count DESC, reference
LIMIT 50
