"""Gongkai (公开): every duty has an owner, a clock and evidence."""
