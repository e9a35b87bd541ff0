"""The days and notices that come with the software; read here, changed nowhere."""
