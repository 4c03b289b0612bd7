"""Without a network: what is kept on the device, how it is sent later, and the warning signs gone through there."""
